"""The demonstration: an invented, believable programme, told through the same domain functions as the screens."""
