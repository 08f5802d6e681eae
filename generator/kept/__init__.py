"""What is kept between runs: compiled standards and templates, in a folder of the user's own."""
