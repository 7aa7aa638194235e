"""How a command reaches the station and is answered; knows no command by name."""
