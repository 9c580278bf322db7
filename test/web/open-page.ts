/** The page of local mode, open in Chromium before a server of the test. */
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { type Answers, healthyAnswers, type PageServer, startPageServer } from './page-server';

export let page: Page;
export let server: PageServer;

let browser: Browser;
let complaints: string[];

/** For all tests around it; each finds a server that says that all is well. */
export function usePage(): void {
  beforeAll(async () => {
    server = await startPageServer();
    browser = await launchChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    await page.clock.install();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|violates/.test(message.text())) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
  });

  beforeEach(() => {
    complaints = [];
    Object.assign(server, { answers: healthyAnswers(), posts: [], postStatus: 200, isDead: false });
  });
  afterEach(() => expect(complaints).toEqual([]));
}

/** Until it shows what the monitors are; what else it is told may take longer. */
export async function openEarly(answers: Answers = {}): Promise<void> {
  Object.assign(server.answers, answers);
  await page.goto(server.address);
  await page.locator('#monitors tr').first().waitFor();
}

export async function open(answers: Answers = {}): Promise<void> {
  await openEarly(answers);
  await page.locator('#links li').first().waitFor();
}

// biome-ignore lint/performance/useDomNodeTextContent: what a person sees is the laid-out text.
export const words = (part: Locator): Promise<string> => part.innerText();
export const text = (selector: string): Promise<string> => words(page.locator(selector));
