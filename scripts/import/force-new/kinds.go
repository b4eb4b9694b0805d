package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"strconv"
	"strings"
)

// source is a kind of the provider.
type source struct {
	// resource is the name of its Terraform resource, for example aws_rds_cluster.
	resource string
	// fields gives the path in the CRD for each path of attributes, both joined by dots.
	fields map[string]string
}

// findKind reads the types that upjet generated for a namespaced kind.
func findKind(upjet *sources, group, kind string) (source, error) {
	service, _, _ := strings.Cut(group, ".")
	types := upjet.at("apis/namespaced/" + service + "/v1beta1")
	method, ok := types.functions[kind+".GetTerraformResourceType"]
	if !ok {
		return source{}, fmt.Errorf("Cannot find %s/%s: not in %s of %s", group, kind, types.folder, upjet.module)
	}
	resource, _ := strconv.Unquote(method.decl.Body.List[0].(*ast.ReturnStmt).Results[0].(*ast.BasicLit).Value)
	fields := map[string]string{}
	shapes := structs(types)
	// The type of forProvider is <Kind>Parameters, or has a number behind it where that name was taken.
	addFields(fields, shapes, typeOf(shapes, typeOf(shapes, kind, "Spec"), "ForProvider"), "", "")
	return source{resource, fields}, nil
}

// typeOf is the type of one field of a struct.
func typeOf(types map[string]*ast.StructType, name, field string) string {
	shape, ok := types[name]
	if !ok {
		return ""
	}
	for _, one := range shape.Fields.List {
		if len(one.Names) == 1 && one.Names[0].Name == field {
			return elementOf(one.Type)
		}
	}
	return ""
}

func structs(types *pkg) map[string]*ast.StructType {
	found := map[string]*ast.StructType{}
	for _, file := range types.files {
		ast.Inspect(file, func(node ast.Node) bool {
			if spec, ok := node.(*ast.TypeSpec); ok {
				if shape, ok := spec.Type.(*ast.StructType); ok {
					found[spec.Name.Name] = shape
				}
			}
			return true
		})
	}
	return found
}

func addFields(fields map[string]string, types map[string]*ast.StructType, name, attribute, path string) {
	shape, ok := types[name]
	if !ok {
		return
	}
	for _, field := range shape.Fields.List {
		own, attr := tags(field)
		if attr == "" || attr == "-" {
			continue
		}
		fields[attribute+attr] = path + own
		addFields(fields, types, elementOf(field.Type), attribute+attr+".", path+own+".")
	}
}

func tags(field *ast.Field) (json, tf string) {
	if field.Tag == nil {
		return "", ""
	}
	text, _ := strconv.Unquote(field.Tag.Value)
	tag := reflect.StructTag(text)
	json, _, _ = strings.Cut(tag.Get("json"), ",")
	tf, _, _ = strings.Cut(tag.Get("tf"), ",")
	return json, tf
}

// elementOf is the name of the struct in a field, a list or a pointer of it.
func elementOf(kind ast.Expr) string {
	switch kind := kind.(type) {
	case *ast.StarExpr:
		return elementOf(kind.X)
	case *ast.ArrayType:
		return elementOf(kind.Elt)
	case *ast.Ident:
		return kind.Name
	}
	return ""
}
