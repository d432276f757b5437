"""Forms of people and teams."""
