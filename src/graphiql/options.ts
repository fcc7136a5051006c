import type { GraphiQLOptions } from 'graphql-yoga';
import { examples } from './examples.ts';

/** The page people explore the graph in, with tabs that run as they are. */
export const graphiqlOptions: GraphiQLOptions = {
  title: 'Rollcall',
  defaultTabs: examples.map((query) => ({ query })),
  // The examples need neither variables nor headers; folded away, the page shows a whole query.
  defaultEditorToolsVisibility: false,
  // Keys typed into the headers editor are the visitor's own; they must not stay behind in the browser.
  shouldPersistHeaders: false,
};
