"""The commands of `in2stem`, grouped by what a coordinator is doing."""
