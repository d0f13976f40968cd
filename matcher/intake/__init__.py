"""Where does data enter? Files become rows, rows become a round with findings."""
