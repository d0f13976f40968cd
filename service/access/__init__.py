"""Who asks, and may they? One place that every route passes, closed unless it is opened."""
