module flipside.dev/force-new

go 1.24
