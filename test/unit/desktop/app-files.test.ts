import { join, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, pathOf } from '../../../main/desktop/app-files.ts';

const FOLDER = join(sep, 'app', 'renderer');

describe('a file of the app', () => {
  it('is found by its path', () => {
    expect(pathOf('app://keysmith/assets/index-a.js?x#y', FOLDER)).toBe(join(FOLDER, 'assets', 'index-a.js'));
  });

  it.each([
    'app://keysmith/../main/index.js',
    'app://keysmith/%2e%2e/main/index.js',
    'app://keysmith/..%2fmain/index.js',
    'app://keysmith/%2e%2e%5cmain/index.js',
    'app://keysmith/a%00.js',
    'app://keysmith/%zz',
    'app://other/index.html',
    'https://keysmith/index.html',
    'file:///etc/passwd',
    'app://keysmith/',
    '',
  ])('is not found at %j', url => {
    const path = pathOf(url, FOLDER);
    // A browser has already taken the dots out of the first two: what is left of them is inside the folder.
    if (path !== undefined) expect(path).toBe(join(FOLDER, 'main', 'index.js'));
  });

  it('never lies outside the folder', () => {
    const part = fc.constantFrom('..', '%2e%2e', '%2E.', '/', '%2f', '%5c', '\\', 'a', '%00', '.', '%252e');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), parts => {
        const path = pathOf(`app://keysmith/${parts.join('')}`, FOLDER);
        return path === undefined || path.startsWith(FOLDER + sep);
      }),
    );
  });
});

describe('the content security policy', () => {
  it('allows nothing that is not named, and names nothing from outside', () => {
    const policy = contentSecurityPolicy('abc');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self' 'nonce-abc'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|blob:/);
    expect(policy.match(/script-src [^;]*/)?.[0]).toBe("script-src 'self'");
  });
});
