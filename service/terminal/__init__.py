"""What can be asked on the command line of files alone? Files in, files out; no service."""
