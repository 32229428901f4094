export default function EndpointPage({ endpoint }: { endpoint: string }) { return endpoint; }
