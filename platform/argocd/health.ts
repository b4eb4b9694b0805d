/**
 * How Argo CD tells whether an object is well, in Lua. Each script gets the object as `obj`.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/health/ (2026-11)
 */

/** Annotation of an Application: until when it holds the next wave, `applied` or `healthy`. */
export const HOLDS = 'flipside.dev/holds-next-wave-until';

/**
 * An Application, as the root sees it. A wave waits only for those that hold it. Where waiting does not help the root
 * has to fail too: it tries again from the newest commit, while one that waits would never see the correction.
 */
export const APPLICATION_HEALTH = `
local status = obj.status or {}
local health = (status.health or {}).status or "unknown"
local holds = (obj.metadata.annotations or {})["${HOLDS}"]
if holds == nil then
  return { status = "Healthy", message = "holds nothing; itself " .. health }
end
local operation = status.operationState or {}
local synced = (status.sync or {}).status == "Synced" or operation.phase == "Succeeded"
if synced and (holds == "applied" or health == "Healthy") then
  return { status = "Healthy", message = "applied; itself " .. health }
end
if operation.phase == "Failed" or operation.phase == "Error" or (operation.retryCount or 0) > 0 then
  return { status = "Degraded", message = operation.message or "cannot be applied" }
end
if holds == "healthy" and health == "Degraded" then
  return { status = "Degraded", message = "applied; itself " .. health }
end
if (status.sync or {}).status == "OutOfSync" and obj.operation == nil and operation.phase == nil then
  return { status = "Degraded", message = "not begun: a freeze holds it" }
end
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "ComparisonError" or condition.type == "InvalidSpecError" then
    return { status = "Degraded", message = condition.message }
  end
end
return { status = "Progressing", message = "holds the next wave until " .. holds .. "; itself " .. health }
`.trim();

/**
 * What Crossplane owns: claims, managed resources, packages, definitions. What was refused counts before what an older
 * condition says is ready: https://github.com/crossplane/crossplane/issues/6569
 */
export const CONDITIONS_HEALTH = `
local without = {
  ClusterProviderConfig = true,
  Composition = true,
  DeploymentRuntimeConfig = true,
  EnvironmentConfig = true,
  ProviderConfig = true,
  ProviderConfigUsage = true,
}
if without[obj.kind] then
  return { status = "Healthy", message = "has no conditions" }
end
if obj.metadata.deletionTimestamp ~= nil then
  return { status = "Progressing", message = "is being deleted" }
end
local found = {}
local count = 0
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  found[condition.type] = condition
  count = count + 1
end
local function text(condition)
  return condition.type .. " " .. condition.status .. ": " .. (condition.message or condition.reason or "")
end
if found.Synced ~= nil and found.Synced.reason == "ReconcilePaused" then
  return { status = "Suspended", message = text(found.Synced) }
end
local refused = { "Synced", "LastAsyncOperation", "Responsive", "Installed", "Healthy", "RevisionHealthy", "RuntimeHealthy", "ValidPipeline" }
for _, name in ipairs(refused) do
  if found[name] ~= nil and found[name].status == "False" then
    return { status = "Degraded", message = text(found[name]) }
  end
end
local ready = { "Synced", "Ready", "Established", "Installed", "Healthy", "RevisionHealthy", "RuntimeHealthy" }
for _, name in ipairs(ready) do
  if found[name] ~= nil and found[name].status ~= "True" then
    return { status = "Progressing", message = text(found[name]) }
  end
end
if count == 0 or (found.Synced ~= nil and found.Ready == nil) then
  return { status = "Progressing", message = "waits for its first conditions" }
end
return { status = "Healthy", message = (obj.status or {}).reason or "" }
`.trim();

/** The regional claim: how far the flip is, seen from this region. */
export const PRIMARY_REGION_HEALTH = `
local status = obj.status or {}
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Synced" and condition.status == "False" then
    return { status = "Degraded", message = condition.message or "cannot be composed" }
  end
end
local health = {
  Steady = "Healthy",
  Promoted = "Healthy",
  Superseded = "Healthy",
  Starting = "Progressing",
  Promoting = "Progressing",
  Following = "Progressing",
  Refused = "Degraded",
  Conflict = "Degraded",
  Failed = "Degraded",
}
local phase = status.phase or "not composed yet"
local message = phase .. ", epoch " .. tostring(status.epoch or 0) .. ": " .. table.concat(status.reasons or {}, "; ")
return { status = health[phase] or "Progressing", message = message }
`.trim();
