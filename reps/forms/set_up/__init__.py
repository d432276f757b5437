"""Forms of set-up's front page, stages, activities and segments."""
