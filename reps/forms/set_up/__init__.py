"""Forms of set-up's front page, stages and activities."""
