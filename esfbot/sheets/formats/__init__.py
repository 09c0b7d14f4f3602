"""Files of several kinds made into the text that the parser takes."""
