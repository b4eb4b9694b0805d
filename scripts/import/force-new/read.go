package main

import (
	"go/ast"
	"strconv"
)

// result is the expression that a function returns last.
func result(of *function) ast.Expr {
	var last ast.Expr
	inspectOwn(of.decl.Body, func(node ast.Node) {
		if one, ok := node.(*ast.ReturnStmt); ok && len(one.Results) > 0 {
			last = one.Results[0]
		}
	})
	return last
}

// inspectOwn visits a body without the functions inside it.
func inspectOwn(body ast.Node, visit func(ast.Node)) {
	ast.Inspect(body, func(node ast.Node) bool {
		if node == nil {
			return false
		}
		visit(node)
		_, inner := node.(*ast.FuncLit)
		return !inner
	})
}

// read evaluates an expression that makes a schema, a resource or a map of schemas.
func read(in *function, expr ast.Expr) attribute {
	switch expr := expr.(type) {
	case *ast.UnaryExpr:
		return read(in, expr.X)
	case *ast.ParenExpr:
		return read(in, expr.X)
	case *ast.CompositeLit:
		return readLiteral(in, expr)
	case *ast.FuncLit:
		return read(in, result(&function{in.pkg, in.file, &ast.FuncDecl{Name: in.decl.Name, Body: expr.Body}}))
	case *ast.CallExpr:
		return readCall(in, expr)
	case *ast.Ident:
		return readName(in, expr.Name)
	}
	return attribute{}
}

// readCall follows a call into a function of the same module; what it is given decides nothing in these schemas.
func readCall(in *function, call *ast.CallExpr) attribute {
	if literal, ok := call.Fun.(*ast.FuncLit); ok {
		return read(in, literal)
	}
	called := in.resolve(call.Fun)
	if called == nil || called.decl.Body == nil {
		return attribute{}
	}
	return read(called, result(called))
}

// resolve finds the function that an expression names.
func (f *function) resolve(expr ast.Expr) *function {
	switch expr := expr.(type) {
	case *ast.Ident:
		return f.pkg.functions[expr.Name]
	case *ast.IndexExpr:
		return f.resolve(expr.X)
	case *ast.SelectorExpr:
		if owner, ok := expr.X.(*ast.Ident); ok {
			if other := f.pkg.imported(f.file, owner.Name); other != nil {
				return other.functions[expr.Sel.Name]
			}
		}
	}
	return nil
}

// readName reads a local variable with what is put into it later, or a value of the package.
func readName(in *function, name string) attribute {
	var found attribute
	inspectOwn(in.decl.Body, func(node ast.Node) {
		assign, ok := node.(*ast.AssignStmt)
		if !ok || len(assign.Rhs) != 1 {
			return
		}
		switch left := assign.Lhs[0].(type) {
		case *ast.Ident:
			if left.Name == name {
				found = read(in, assign.Rhs[0])
			}
		case *ast.IndexExpr:
			if owner, ok := left.X.(*ast.Ident); ok && owner.Name == name {
				found = found.with(in.text(left.Index), read(in, assign.Rhs[0]))
			}
		}
	})
	if value, ok := in.pkg.values[name]; ok && found.inner == nil {
		return read(in, value)
	}
	return found
}

func (a attribute) with(name string, one attribute) attribute {
	if a.inner == nil {
		a.inner = map[string]attribute{}
	}
	if name != "" {
		a.inner[name] = one
	}
	return a
}

// text is the value of a string: a literal, or a constant of this or another package of the module.
func (f *function) text(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.BasicLit:
		value, _ := strconv.Unquote(expr.Value)
		return value
	case *ast.Ident:
		if value, ok := f.pkg.values[expr.Name]; ok {
			return f.text(value)
		}
	case *ast.SelectorExpr:
		if owner, ok := expr.X.(*ast.Ident); ok {
			if other := f.pkg.imported(f.file, owner.Name); other != nil {
				return f.text(other.values[expr.Sel.Name])
			}
		}
	}
	return ""
}
