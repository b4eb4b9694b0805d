package main

import (
	"os"
	"path/filepath"
	"regexp"
)

// attribute is what the schema says of one attribute or block.
type attribute struct {
	always, sometimes, computed bool
	inner                       map[string]attribute
}

// resource is the function that makes a Terraform resource.
type resource struct {
	maker     *function
	framework bool
}

var annotation = regexp.MustCompile(`@(SDK|Framework)Resource\("(aws_\w+)"`)

// annotated finds the resources of kinds by the annotation that the Terraform provider's own generators read.
func annotated(terraform *sources, kinds map[string]source) map[string]resource {
	wanted := map[string]bool{}
	for _, kind := range kinds {
		wanted[kind.resource] = true
	}
	found := map[string]resource{}
	paths, _ := filepath.Glob(filepath.Join(terraform.root, "internal", "service", "*", "*.go"))
	for _, path := range paths {
		if !declares(path, wanted) {
			continue
		}
		folder, _ := filepath.Rel(terraform.root, filepath.Dir(path))
		for _, one := range terraform.at(filepath.ToSlash(folder)).functions {
			note(found, one)
		}
	}
	return found
}

// declares is quicker than parsing, and most files are not wanted.
func declares(path string, wanted map[string]bool) bool {
	text, err := os.ReadFile(path)
	if err != nil {
		fail(err)
	}
	for _, match := range annotation.FindAllSubmatch(text, -1) {
		if wanted[string(match[2])] {
			return true
		}
	}
	return false
}

func note(found map[string]resource, one *function) {
	if one.decl.Doc == nil {
		return
	}
	for _, line := range one.decl.Doc.List {
		if match := annotation.FindStringSubmatch(line.Text); match != nil {
			found[match[2]] = resource{maker: one, framework: match[1] == "Framework"}
		}
	}
}

// attributes are all of the resource's, by path.
func (r resource) attributes() map[string]attribute {
	root := r.root()
	flat := map[string]attribute{}
	flatten(flat, root.inner, "")
	return flat
}

func flatten(flat, inner map[string]attribute, path string) {
	for name, one := range inner {
		flat[path+name] = one
		flatten(flat, one.inner, path+name+".")
	}
}

func (r resource) root() attribute {
	if r.framework {
		return frameworkRoot(r.maker)
	}
	root := read(r.maker, result(r.maker))
	for _, name := range conditional(r.maker) {
		if one, ok := root.inner[name]; ok && !one.always {
			one.sometimes = true
			root.inner[name] = one
		}
	}
	return root
}
