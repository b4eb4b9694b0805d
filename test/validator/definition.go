package main

import (
	"context"
	"fmt"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	crdvalidation "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// definitions by the version and kind that they define.
type definitions map[schema.GroupVersionKind]*definition

// A definition is one version of a CustomResourceDefinition; its validators are made when an object needs them.
type definition struct {
	crd        *apiextensions.CustomResourceDefinition
	version    string
	structural *structuralschema.Structural
	schema     validation.SchemaValidator
	cel        *cel.Validator
}

// add validates a CustomResourceDefinition as its creation would. It is kept in any case: tests change rules, which
// then refuse the defaults of the definition itself.
func (known definitions) add(file string, text []byte) verdict {
	crd, err := readDefinition(text)
	if err != nil {
		one := unreadable(err)
		one.Name = file
		return one
	}
	problems := problemsOf(crdvalidation.ValidateCustomResourceDefinition(context.Background(), crd))
	for _, version := range crd.Spec.Versions {
		gvk := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
		known[gvk] = &definition{crd: crd, version: version.Name}
	}
	return verdict{Name: crd.Name, Problems: problems, Rules: []problem{}, Unknown: []string{}}
}

// readDefinition decodes strictly and fills in what the API server fills in.
func readDefinition(text []byte) (*apiextensions.CustomResourceDefinition, error) {
	written := &apiextensionsv1.CustomResourceDefinition{}
	if err := yaml.UnmarshalStrict(text, written); err != nil {
		return nil, err
	}
	apiextensionsv1.SetObjectDefaults_CustomResourceDefinition(written)
	written.Status = apiextensionsv1.CustomResourceDefinitionStatus{}
	for _, version := range written.Spec.Versions {
		if version.Storage {
			written.Status.StoredVersions = []string{version.Name}
		}
	}
	crd := &apiextensions.CustomResourceDefinition{}
	return crd, apiextensionsv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(written, crd, nil)
}

// prepare makes the validators, as the API server does when it starts to serve a definition.
func (one *definition) prepare() error {
	if one.structural != nil {
		return nil
	}
	props, err := apiextensions.GetSchemaForVersion(one.crd, one.version)
	if err != nil {
		return err
	}
	made, err := structuralschema.NewStructural(props.OpenAPIV3Schema)
	if err != nil {
		return err
	}
	structural := made.DeepCopy()
	if err := defaulting.PruneDefaults(structural); err != nil {
		return err
	}
	one.schema, _, err = validation.NewSchemaValidator(props.OpenAPIV3Schema)
	if err != nil {
		return err
	}
	one.cel = cel.NewValidator(structural, true, celconfig.PerCallLimit)
	one.structural = structural
	return nil
}

func (one *definition) namespaced() bool {
	return one.crd.Spec.Scope == apiextensions.NamespaceScoped
}

func find(gvk schema.GroupVersionKind, places ...definitions) (*definition, error) {
	for _, place := range places {
		if found, ok := place[gvk]; ok {
			return found, found.prepare()
		}
	}
	return nil, fmt.Errorf("no definition of %s", gvk)
}

func problemsOf(errs field.ErrorList) []problem {
	problems := []problem{}
	for _, err := range errs {
		problems = append(problems, problem{Field: strings.TrimPrefix(err.Field, "<nil>"), Type: string(err.Type), Detail: err.Detail})
	}
	return problems
}
