module flipside.dev/validator

go 1.26.0
