import { type Program, shippedPackages } from './bundled-packages.ts';

const LINE = '-'.repeat(80);

/** Under which licences others let us ship their code: one text for everything in these programs. */
export function thirdPartyLicenses(programs: readonly Program[]): string {
  const packages = shippedPackages(programs).map(
    ({ name, version, license, text }) =>
      `${LINE}\n${name} ${version} (${license})\n${LINE}\n\n${text.trim() || 'Its package has no text of the licence.'}\n`,
  );
  return [
    'Keysmith contains code of these packages, under the licences that follow each.\n',
    ...packages,
  ].join('\n');
}
