"""Commands about a cohort's year, from applications to the Award."""
