/** Queries that run as they are against the twins of `npm start`; against other sources, change the ids. */
export const examples: readonly string[] = [
  `# One person, three sources. Ctrl+Enter runs it.
query Member {
  user(id: "horde:101") {
    username
    displayName
    isActive
    horde {
      kudos
      trusted
    }
    openWebUI {
      email
      groups {
        name
      }
    }
    mcsManager {
      instances {
        nickname
        status
      }
    }
    permissions {
      role
      nativeRole
      account {
        source {
          id
        }
      }
    }
  }
}
`,
  `# The Horde’s richest, and what they delivered.
query TopByKudos {
  hordeAccounts(orderBy: KUDOS, first: 10) {
    edges {
      node {
        username
        kudos
        kudosDetails {
          accumulated
          gifted
          received
        }
        records {
          contribution {
            megapixelsteps
            tokens
          }
          fulfillment {
            image
            text
          }
        }
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
`,
  `# Find somebody by a part of their name,
# and see which sources could answer.
query Search {
  searchUsers(query: "ada", first: 5) {
    users {
      id
      displayName
    }
    sources {
      source {
        id
      }
      outcome
      message
      totalCount
    }
  }
}
`,
  `# What somebody may do in the chat: computed from
# their role, their groups and the defaults.
query Rights {
  user(id: "webui:c41d0003-0000-4000-8000-000000000003") {
    displayName
    openWebUI {
      permissions {
        role
        bypassedByRole
        mayDelete: allows(permission: "chat.delete")
        workspace {
          models
          tools
        }
        features {
          apiKeys
          webSearch
        }
        grants {
          section
          key
          allowed
        }
      }
    }
  }
}
`,
  `# What is running, and how fresh the answer is.
query Running {
  user(id: "horde:102") {
    username
    activeGenerations {
      image
      text
    }
    horde {
      workers {
        name
        type
        online
      }
      freshness {
        fetchedAt
        age
      }
    }
  }
}
`,
  `# Game servers of every player, page by page.
query Players($after: String) {
  mcsManagerAccounts(role: USER, first: 10, after: $after) {
    totalCount
    edges {
      node {
        username
        lastActiveAt
        instances {
          nickname
          status
          type
        }
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
`,
  `# The sources: are they there, what can they do?
query Sources {
  sources {
    id
    kind
    version
    reachable
    latency
    capabilities {
      orders
      searchesBySubstring
      limits
    }
  }
  viewer {
    kind
    name
  }
}
`,
];
