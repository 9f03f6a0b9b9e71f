export function writeDocs(_file: string): void {}
export function drawDocs(): void {}
