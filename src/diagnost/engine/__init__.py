"""Facts through rules: rules become a plan once, a plan is run once per period."""
