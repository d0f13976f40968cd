"""How is work done beside the web? A queue carries ids, a worker claims rows, a child process computes."""
