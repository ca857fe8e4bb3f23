"""Tables from outside, read line by line: everything comes in, or nothing does and each problem is named by its line."""
