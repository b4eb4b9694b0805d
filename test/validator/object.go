package main

import (
	"context"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	metavalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/common"
)

// check runs a creation or an update.
//
// The steps and their order are those of the strategy of custom resources in k8s.io/apiextensions-apiserver
// (pkg/registry/customresource/strategy.go), which cannot be imported without etcd's client. Unlike it, check leaves
// the status in place: what Crossplane writes there is held against the schema as well.
func check(asked testCase, own, shared definitions) verdict {
	object, one, unknown, err := read(asked.Object, own, shared)
	if err != nil {
		return unreadable(err)
	}
	name := object.GetKind() + " " + object.GetNamespace() + "/" + object.GetName()
	if asked.OldObject == nil {
		problems := one.validate(object)
		rules := one.rules(problems, object, nil)
		return verdict{Name: name, Problems: problemsOf(problems), Rules: problemsOf(rules), Unknown: unknown}
	}
	old, _, _, err := read(asked.OldObject, own, shared)
	if err != nil {
		return unreadable(err)
	}
	object.SetResourceVersion("1")
	old.SetResourceVersion("1")
	pair := common.NewCorrelatedObject(object.Object, old.Object, &model.Structural{Structural: one.structural})
	problems := one.validateUpdate(object, old, pair)
	rules := one.rules(problems, object, old.Object, cel.WithRatcheting(pair))
	return verdict{Name: name, Problems: problemsOf(problems), Rules: problemsOf(rules), Unknown: unknown}
}

func unreadable(err error) verdict {
	return verdict{
		Problems: []problem{{Type: "Unreadable", Detail: err.Error()}}, Rules: []problem{}, Unknown: []string{}}
}

func (one *definition) validate(object *unstructured.Unstructured) field.ErrorList {
	errs := metavalidation.ValidateObjectMetaAccessor(
		object, one.namespaced(), metavalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
	errs = append(errs, validation.ValidateCustomResource(nil, object.Object, one.schema)...)
	errs = append(errs, objectmeta.Validate(nil, object.Object, one.structural, false)...)
	return append(errs, listtype.ValidateListSetsAndMaps(nil, one.structural, object.Object)...)
}

// validateUpdate lets values that were invalid before stay as they are ("ratcheting").
func (one *definition) validateUpdate(
	object, old *unstructured.Unstructured, pair *common.CorrelatedObject,
) field.ErrorList {
	errs := metavalidation.ValidateObjectMetaAccessorUpdate(object, old, field.NewPath("metadata"))
	errs = append(errs, validation.ValidateCustomResourceUpdate(
		nil, object.Object, old.Object, one.schema, validation.WithRatcheting(pair))...)
	errs = append(errs, objectmeta.Validate(nil, object.Object, one.structural, false)...)
	if before := listtype.ValidateListSetsAndMaps(nil, one.structural, old.Object); len(before) == 0 {
		errs = append(errs, listtype.ValidateListSetsAndMaps(nil, one.structural, object.Object)...)
	}
	return errs
}

// rules runs the CEL rules, unless the object is so wrong that they could not be trusted.
func (one *definition) rules(
	before field.ErrorList, object *unstructured.Unstructured, old map[string]any, options ...cel.Option,
) field.ErrorList {
	for _, err := range before {
		switch err.Type {
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong,
			field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			return nil
		}
	}
	// An interface that holds a nil map is not nil, and would turn a creation into an update.
	var oldObject any
	if old != nil {
		oldObject = old
	}
	errs, _ := one.cel.Validate(
		context.Background(), nil, one.structural, object.Object, oldObject, celconfig.RuntimeCELCostBudget, options...)
	return errs
}

// read decodes an object, drops what the schema does not know and fills in defaults.
func read(text []byte, own, shared definitions) (*unstructured.Unstructured, *definition, []string, error) {
	object, unknown, err := decode(text)
	if err != nil {
		return nil, nil, nil, err
	}
	one, err := find(object.GroupVersionKind(), own, shared)
	if err != nil {
		return nil, nil, nil, err
	}
	pruned, err := prune(object, one)
	if err != nil {
		return nil, nil, nil, err
	}
	defaulting.Default(object.Object, one.structural)
	return object, one, append(unknown, pruned...), nil
}
