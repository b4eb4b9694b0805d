/** The platform's applications as a cluster gets them: name → objects. */
import { App } from 'cdk8s';
import { modelOf } from '../../model/estate';
import { applications } from '../../platform';
import type { Manifest } from '../../platform/kind';
import { load } from '../../spec/load';
import { estateFiles } from '../helpers/estate';
