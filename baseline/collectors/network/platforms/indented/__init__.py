"""What platforms share whose configuration is indented as Cisco's is: words, lists, interfaces, routing."""
