/**
 * The programs of the canaries, as the runtime of CloudWatch Synthetics runs them.
 *
 * They stand in the template: nothing has to be uploaded before a region can be tested. What they test comes from the
 * environment. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_WritingCanary_Nodejs.html (2026-11)
 */

/** Asks an address over HTTPS; any other answer than 2xx within ten seconds fails. */
export const API_SCRIPT = `const synthetics = require('Synthetics');

exports.handler = async () => {
  const { TARGET_HOST, TARGET_PATH } = process.env;
  const request = {
    hostname: TARGET_HOST,
    path: TARGET_PATH,
    method: 'GET',
    port: 443,
    protocol: 'https:',
    timeout: 10000,
    headers: { 'User-Agent': synthetics.getCanaryUserAgentString() },
  };
  const judge = async (response) => {
    response.resume();
    if (response.statusCode < 200 || response.statusCode > 299) {
      throw new Error(TARGET_HOST + TARGET_PATH + ' answered ' + response.statusCode + ', expected 200 to 299');
    }
  };
  await synthetics.executeHttpStep('ask ' + TARGET_HOST, request, judge, {
    includeRequestHeaders: false,
    includeResponseHeaders: true,
    continueOnHttpStepFailure: false,
  });
};
`;

/** Opens a page in a browser, as a user does, and keeps a picture of it. */
export const UI_SCRIPT = `const synthetics = require('Synthetics');

exports.handler = async () => {
  const { TARGET_HOST, TARGET_PATH } = process.env;
  const page = await synthetics.getPage();
  await synthetics.executeStep('open', async () => {
    const response = await page.goto('https://' + TARGET_HOST + TARGET_PATH, {
      waitUntil: ['load', 'domcontentloaded'],
      timeout: 30000,
    });
    if (!response) throw new Error(TARGET_HOST + ' did not answer');
    if (response.status() > 399) {
      throw new Error(TARGET_HOST + ' answered ' + response.status() + ', expected below 400');
    }
    await synthetics.takeScreenshot('open', 'loaded');
  });
};
`;
