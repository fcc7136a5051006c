import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from '../client.ts';
import { App } from './app.tsx';
import './style.css';

const rollcall = import.meta.env['VITE_ROLLCALL'] ?? 'http://127.0.0.1:4000/graphql';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no place for the page');
createRoot(root).render(
  <StrictMode>
    <ApolloProvider client={createClient(rollcall)}>
      <App />
    </ApolloProvider>
  </StrictMode>,
);
