"""MAY this mentor help this school, and how well? One file a criterion."""
