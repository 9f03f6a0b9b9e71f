#!/usr/bin/env node
process.stdout.write('keysmith\n');
