"""What a conference's proceedings office gets of a workshop."""
