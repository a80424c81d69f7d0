"""An invented workshop, taken as far as is asked for."""
