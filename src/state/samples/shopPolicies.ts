/** The policies of shop; the api's egress forgets DNS. */
export const POLICIES_SHOP = `# Nobody may talk to the pods of shop …
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {} # empty: every pod of this namespace
  policyTypes: [Ingress] # and no rule below: nothing comes in
---
# … except those that a policy names. Policies only ever add: what one allows, none takes away.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web-ingress
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: web }
  policyTypes: [Ingress]
  ingress:
    - ports: # no \`from\`: anyone, the internet too
        - port: http # the container's port by its name, so 8080
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: api-ingress
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: api }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: # without a namespaceSelector: pods of shop
            matchLabels: { app: web }
      ports:
        - port: 8080 # the pod's port, not that of the Service
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: orders-ingress
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: orders }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels: { app: api }
      ports:
        - port: 8080
---
# The api only talks to orders and to the cache.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: api-egress
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: api }
  policyTypes: [Egress] # from here on, the api may send nothing but this:
  egress:
    - to:
        - podSelector:
            matchLabels: { app: orders }
      ports:
        - port: 8080
    - to:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: data }
          podSelector: # one dash for both: pods with this label *in* that namespace
            matchLabels: { app: cache }
      ports:
        - port: 6379
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: metrics-ingress
  namespace: shop
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: monitoring }
          podSelector:
            matchLabels: { app: prometheus }
      ports:
        - port: metrics
`

/** The policies of data; the database's names a label that no namespace has. */
export const POLICIES_DATA = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: data
spec:
  podSelector: {}
  policyTypes: [Ingress]
---
# The database: for orders, and for the nightly backup.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db-ingress
  namespace: data
spec:
  podSelector:
    matchLabels: { app: db }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: { name: shop }
          podSelector:
            matchLabels: { app: orders }
      ports:
        - port: 5432
    - from:
        - podSelector:
            matchLabels: { app: backup }
      ports:
        - port: 5432
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cache-ingress
  namespace: data
spec:
  podSelector:
    matchLabels: { app: cache }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: shop }
          podSelector:
            matchLabels: { app: api }
      ports:
        - port: 6379
`
