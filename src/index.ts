/** The library door: `createApp(parseConfig(input, kinds))` is a whole Rollcall without a port. */
export { type App, type AppOptions, createApp } from './app.ts';
export { type Config, ConfigError, type ConfigInput, loadConfig, parseConfig } from './config.ts';
export { defineSource, type Source, type SourceKind } from './sources/contract.ts';
export { kinds } from './sources/registry.ts';
