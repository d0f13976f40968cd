"""What goes over the wire? Shapes of requests and answers, and strict reading of what comes in."""
