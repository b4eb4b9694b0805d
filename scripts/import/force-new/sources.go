package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// sources are the packages of a module, parsed when they are first asked for.
type sources struct {
	root     string
	module   string
	packages map[string]*pkg
}

// pkg is one folder of Go files.
type pkg struct {
	owner  *sources
	folder string
	files  []*ast.File
	// Functions by name, methods by "Receiver.Name".
	functions map[string]*function
	values    map[string]ast.Expr
}

// function knows its file, whose imports resolve the packages it names.
type function struct {
	pkg  *pkg
	file *ast.File
	decl *ast.FuncDecl
}

func newSources(root string) *sources {
	return &sources{root: root, module: modulePath(root), packages: map[string]*pkg{}}
}

func modulePath(root string) string {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		fail(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(strings.TrimPrefix(line, "module "))
}

// at parses the package in a folder of the module; a folder without Go files gives an empty package.
func (s *sources) at(folder string) *pkg {
	if known, ok := s.packages[folder]; ok {
		return known
	}
	one := &pkg{owner: s, folder: folder, functions: map[string]*function{}, values: map[string]ast.Expr{}}
	s.packages[folder] = one
	paths, _ := filepath.Glob(filepath.Join(s.root, folder, "*.go"))
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			fail(err)
		}
		one.add(file)
	}
	return one
}

func (p *pkg) add(file *ast.File) {
	p.files = append(p.files, file)
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			p.functions[nameOf(decl)] = &function{p, file, decl}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				p.addValues(spec)
			}
		}
	}
}

func (p *pkg) addValues(spec ast.Spec) {
	values, ok := spec.(*ast.ValueSpec)
	if !ok {
		return
	}
	for i, value := range values.Values {
		p.values[values.Names[i].Name] = value
	}
}

func nameOf(decl *ast.FuncDecl) string {
	if receiver := receiverOf(decl); receiver != "" {
		return receiver + "." + decl.Name.Name
	}
	return decl.Name.Name
}

func receiverOf(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	kind := decl.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// imported is the package of the same module that a file calls by this name; nil for any other.
func (p *pkg) imported(file *ast.File, name string) *pkg {
	for _, spec := range file.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		own := filepath.Base(path)
		if spec.Name != nil {
			own = spec.Name.Name
		}
		if own != name || !strings.HasPrefix(path, p.owner.module+"/") {
			continue
		}
		return p.owner.at(strings.TrimPrefix(path, p.owner.module+"/"))
	}
	return nil
}
