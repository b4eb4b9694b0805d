package main

import (
	"go/ast"
	"strings"
)

// readLiteral reads a map of schemas, a schema, or a resource or block around one.
func readLiteral(in *function, literal *ast.CompositeLit) attribute {
	if isMap(literal) {
		return readMap(in, literal)
	}
	var one attribute
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			one = one.field(in, pair)
		}
	}
	return one
}

func isMap(literal *ast.CompositeLit) bool {
	_, ok := literal.Type.(*ast.MapType)
	return ok
}

func readMap(in *function, literal *ast.CompositeLit) attribute {
	one := attribute{inner: map[string]attribute{}}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			one = one.with(in.text(pair.Key), read(in, pair.Value))
		}
	}
	return one
}

// field reads one field of a schema of the SDK or of the framework.
func (a attribute) field(in *function, pair *ast.KeyValueExpr) attribute {
	name, _ := pair.Key.(*ast.Ident)
	if name == nil {
		return a
	}
	switch name.Name {
	case "ForceNew":
		a.always = a.always || isTrue(pair.Value)
	case "Computed":
		a.computed = isTrue(pair.Value)
	case "PlanModifiers":
		a.always, a.sometimes = modifiers(pair.Value)
	case "Elem", "Schema", "SchemaFunc", "NestedObject", "Attributes", "Blocks":
		for path, inner := range read(in, pair.Value).inner {
			a = a.with(path, inner)
		}
	}
	return a
}

func isTrue(expr ast.Expr) bool {
	name, ok := expr.(*ast.Ident)
	return ok && name.Name == "true"
}

// modifiers tells RequiresReplace from RequiresReplaceIf, in any package of plan modifiers.
func modifiers(expr ast.Expr) (always, sometimes bool) {
	ast.Inspect(expr, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		name, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !strings.HasPrefix(name.Sel.Name, "RequiresReplace") {
			return true
		}
		if name.Sel.Name == "RequiresReplace" {
			always = true
		} else {
			sometimes = true
		}
		return false
	})
	return always, sometimes
}

// conditional names the attributes that code may force: customdiff.ForceNewIf and the like, and diff.ForceNew.
func conditional(maker *function) []string {
	var names []string
	seen := map[*function]bool{}
	var visit func(in *function, node ast.Node)
	visit = func(in *function, node ast.Node) {
		ast.Inspect(node, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				if name, ok := node.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(name.Sel.Name, "ForceNew") && len(node.Args) > 0 {
					names = append(names, in.text(node.Args[0]))
				}
			case *ast.Ident:
				if called := in.pkg.functions[node.Name]; called != nil && !seen[called] && called.decl.Body != nil {
					seen[called] = true
					visit(called, called.decl.Body)
				}
			}
			return true
		})
	}
	inspectOwn(maker.decl.Body, func(node ast.Node) {
		if pair, ok := node.(*ast.KeyValueExpr); ok {
			if name, ok := pair.Key.(*ast.Ident); ok && name.Name == "CustomizeDiff" {
				visit(maker, pair.Value)
			}
		}
	})
	return names
}

// frameworkRoot reads what the Schema method of a framework resource assigns.
func frameworkRoot(maker *function) attribute {
	var root attribute
	method := schemaMethod(maker)
	if method == nil {
		return root
	}
	ast.Inspect(method.decl.Body, func(node ast.Node) bool {
		if assign, ok := node.(*ast.AssignStmt); ok && len(assign.Lhs) == 1 {
			if left, ok := assign.Lhs[0].(*ast.SelectorExpr); ok && left.Sel.Name == "Schema" {
				root = read(method, assign.Rhs[0])
			}
		}
		return true
	})
	return root
}

// schemaMethod is the one of the type that the maker returns.
func schemaMethod(maker *function) *function {
	var found *function
	ast.Inspect(maker.decl.Body, func(node ast.Node) bool {
		if literal, ok := node.(*ast.CompositeLit); ok {
			if name, ok := literal.Type.(*ast.Ident); ok && found == nil {
				found = inherited(maker.pkg, name.Name)
			}
		}
		return found == nil
	})
	return found
}

// inherited is the Schema method of a type, or of one that it embeds.
func inherited(in *pkg, name string) *function {
	if own := in.functions[name+".Schema"]; own != nil {
		return own
	}
	shape := structs(in)[name]
	if shape == nil {
		return nil
	}
	for _, field := range shape.Fields.List {
		if embedded := elementOf(field.Type); len(field.Names) == 0 && embedded != "" {
			if found := inherited(in, embedded); found != nil {
				return found
			}
		}
	}
	return nil
}
