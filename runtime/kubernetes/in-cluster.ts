/**
 * The way of a pod to its own API server: what Kubernetes gives every container of a service account.
 * https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ (2026-11)
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Access } from './api';

/** Where the kubelet puts the token and the authority; the lab, whose pods are processes, names another folder. */
const MOUNTED = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Throws when the program does not run in a cluster. */
export function inCluster(): Access {
  const server = `https://${addressOf(variable('KUBERNETES_SERVICE_HOST'))}:${variable('KUBERNETES_SERVICE_PORT')}`;
  const folder = process.env['FLIPSIDE_SERVICE_ACCOUNT'] ?? MOUNTED;
  const ca = readFileSync(join(folder, 'ca.crt'));
  return {
    server,
    // Anew for each call: the kubelet replaces the token within the hour.
    credentials: async () => {
      const token = await readFile(join(folder, 'token'), 'utf8');
      return { ca, headers: { authorization: `Bearer ${token.trim()}` } };
    },
  };
}

/** A URL wants IPv6 in brackets. */
const addressOf = (host: string) => (host.includes(':') ? `[${host}]` : host);

function variable(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`Cannot find the API server: ${name} is not set, expected to run in a pod`);
}
