/** Namespace shop and what runs in it. */
export const SHOP = `# The shop: what customers see (web), what it asks (api), and who takes orders (orders).
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    kubernetes.io/metadata.name: shop # every cluster sets this one by itself
    team: storefront
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 3
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web, tier: frontend }
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:2.4
          ports:
            - { name: http, containerPort: 8080 }
            - { name: metrics, containerPort: 9100 }
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector: { app: web }
  ports:
    - { name: http, port: 80, targetPort: http }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: { app: api }
  template:
    metadata:
      labels: { app: api, tier: backend }
    spec:
      containers:
        - name: api
          image: registry.example/shop/api:2.4
          ports:
            - { name: http, containerPort: 8080 }
            - { name: metrics, containerPort: 9100 }
---
apiVersion: v1
kind: Service
metadata:
  name: api
  namespace: shop
spec:
  selector: { app: api }
  ports:
    - { name: http, port: 80, targetPort: http }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders, tier: backend }
    spec:
      containers:
        - name: orders
          image: registry.example/shop/orders:1.9
          ports:
            - { name: http, containerPort: 8080 }
            - { name: metrics, containerPort: 9100 }
---
apiVersion: v1
kind: Service
metadata:
  name: orders
  namespace: shop
spec:
  selector: { app: orders }
  ports:
    - { name: http, port: 80, targetPort: http }
`

/** Namespace data and what runs in it. */
export const DATA = `# Where the shop keeps things, and who makes copies of them.
apiVersion: v1
kind: Namespace
metadata:
  name: data
  labels:
    kubernetes.io/metadata.name: data
    team: storage
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: data
spec:
  serviceName: db
  replicas: 1
  selector:
    matchLabels: { app: db }
  template:
    metadata:
      labels: { app: db }
    spec:
      containers:
        - name: postgres
          image: registry.example/postgres:17
          ports:
            - { name: postgres, containerPort: 5432 }
---
apiVersion: v1
kind: Service
metadata:
  name: db
  namespace: data
spec:
  clusterIP: None
  selector: { app: db }
  ports:
    - { name: postgres, port: 5432, targetPort: postgres }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cache
  namespace: data
spec:
  selector:
    matchLabels: { app: cache }
  template:
    metadata:
      labels: { app: cache }
    spec:
      containers:
        - name: redis
          image: registry.example/redis:8
          ports:
            - { name: redis, containerPort: 6379 }
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
  namespace: data
spec:
  schedule: '0 3 * * *'
  jobTemplate:
    spec:
      template:
        metadata:
          labels: { app: backup }
        spec:
          restartPolicy: Never
          containers:
            - name: dump
              image: registry.example/pg-dump:17
`

/** Monitoring and DNS. */
export const PLATFORM = `# What the cluster brings along: metrics and names. Nothing isolates these pods.
apiVersion: v1
kind: Namespace
metadata:
  name: monitoring
  labels:
    kubernetes.io/metadata.name: monitoring
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: prometheus
  namespace: monitoring
spec:
  selector:
    matchLabels: { app: prometheus }
  template:
    metadata:
      labels: { app: prometheus }
    spec:
      containers:
        - name: prometheus
          image: registry.example/prometheus:3
          ports:
            - { name: http, containerPort: 9090 }
---
apiVersion: v1
kind: Namespace
metadata:
  name: kube-system
  labels:
    kubernetes.io/metadata.name: kube-system
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  replicas: 2
  selector:
    matchLabels: { k8s-app: kube-dns }
  template:
    metadata:
      labels: { k8s-app: kube-dns }
    spec:
      containers:
        - name: coredns
          image: registry.example/coredns:1.12
          ports:
            - { name: dns, containerPort: 53, protocol: UDP }
            - { name: dns-tcp, containerPort: 53, protocol: TCP }
---
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  selector: { k8s-app: kube-dns }
  ports:
    - { name: dns, port: 53, protocol: UDP, targetPort: dns }
    - { name: dns-tcp, port: 53, protocol: TCP, targetPort: dns-tcp }
`
