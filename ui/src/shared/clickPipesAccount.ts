// The AWS account from which ClickPipes connects (ClickHouse documentation).
export const CLICKPIPES_ACCOUNT = "072088201116";
