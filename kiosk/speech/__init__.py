"""What the station can speak: which sentences first, how far their rendering has come, how words are read, and recorded voices."""
