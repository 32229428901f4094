// What the help panel says beside each step of the wizard: what the step is for, what the words mean, what to know.
import type { PageHelp } from "../frame/Help";
import type { StepName } from "../setup/draft";

export const setupHelp: Record<StepName, PageHelp> = {
  source: {
    title: "Source and path",
    body: (
      <>
        <p>Choose what ClickPipes is to reach. Nothing is created before the last step.</p>
        <h3>Four kinds of source</h3>
        <dl>
          <dt>A database or cluster of this account</dt>
          <dd>
            RDS and Aurora databases and MSK clusters, named by their ARN: AWS finds their addresses itself. A database must
            not be publicly accessible.
          </dd>
          <dt>A domain name</dt>
          <dd>
            Anything that a VPC reaches by name; the gateway looks the name up. A name that leads outside the VPC needs a
            way out of it, such as a NAT gateway.
          </dd>
          <dt>An IP address</dt>
          <dd>A private IPv4 address. The connection does not follow when the source moves to another one.</dd>
          <dt>Several hosts</dt>
          <dd>
            The brokers of a Kafka cluster of your own, with its schema registry if there is one, or the nodes of a MongoDB
            replica set. They send a client on to each other by name, so enter the names that they advertise.
          </dd>
        </dl>
        <h3>The three paths</h3>
        <dl>
          <dt>VPC resource</dt>
          <dd>
            A resource gateway in your VPC, a resource configuration that leads to the source, and a resource share with
            the AWS account of ClickPipes. Within one region only.
          </dd>
          <dt>MSK multi-VPC connectivity</dt>
          <dd>
            The cluster itself is reached from other VPCs, and its policy lets ClickPipes in. Provisioned MSK clusters only,
            within one region. Turning it on can take hours.
          </dd>
          <dt>VPC endpoint service</dt>
          <dd>
            A Network Load Balancer in front of the source and an endpoint service on it. The only path that crosses
            regions. Its targets are addresses: they do not follow a failover.
          </dd>
        </dl>
        <p>
          The recommendation follows from a few answers; those that the source gives by itself are not asked. Another path
          can be taken where it can work. What you chose for one path is kept while you look at another.
        </p>
        <h3>Where names are looked up</h3>
        <p>
          A gateway looks its names up either in public DNS or with the resolver of its VPC, and cannot be changed later.
          Names in private hosted zones need the resolver of the VPC. A gateway that uses it takes no database by its
          ARN: for that, another gateway is made.
        </p>
      </>
    ),
  },
  account: {
    title: "Account and region",
    body: (
      <>
        <p>Everything is created in the account and region shown here, with the identity shown here.</p>
        <h3>The ClickHouse service</h3>
        <p>
          The endpoint belongs to one service. Its ClickPipes run in one AWS region, which need not be the region of the
          service: it depends on the service&apos;s region and on the day it was created. Only a VPC endpoint service works
          where that region is not the region of the source.
        </p>
        <h3>Who creates the endpoint</h3>
        <ul>
          <li>With a ClickHouse API key, Pipelink creates it and waits until it is Ready.</li>
          <li>
            Without one, you paste values into ClickHouse at the end, and Pipelink watches in AWS for what comes of it.
          </li>
        </ul>
        <p>The key is entered in the settings. What you chose here is kept meanwhile.</p>
      </>
    ),
  },
  network: {
    title: "Resource and network",
    body: (
      <>
        <p>The best fit is chosen already. Change it where you know better.</p>
        <h3>Use what is there, or make new ones</h3>
        <p>
          A resource gateway serves many configurations, a configuration can be shared many times, and a load balancer can
          have many listeners. What this run uses and does not make is not removed when the run is undone. A share serves
          one endpoint only, so there is always a new one.
        </p>
        <h3>Custom private DNS</h3>
        <p>
          Brokers and nodes send a client on to their own names. For these to resolve to the endpoint, ClickHouse has to
          enable custom private DNS for the service. It is a preview, and ClickHouse support enables it on request. No
          API tells whether it is enabled, so you are asked.
        </p>
        <h3>VPC resource: subnets and security groups</h3>
        <p>
          The gateway takes sixteen addresses in a row in each subnet, and the endpoint as many again: two free /28
          blocks. Zones are compared by AZ ID, which means the same zone in every account. The subnets of a gateway cannot
          be changed later. Its groups have to let it out to the port of the source, and those of the source have to let
          it in. They can be changed later.
        </p>
        <h3>MSK: authentication and policy</h3>
        <p>
          ClickPipes have one connection to a cluster for each authentication. Where multi-VPC connectivity is off for the
          one chosen, it is turned on first: AWS restarts the brokers one after the other, which can take hours. Of the
          cluster policy only one statement is added; all others stay as they are.
        </p>
        <h3>Endpoint service: who accepts</h3>
        <p>
          Every connection has to be accepted. Pipelink accepts only the one whose endpoint ID ClickHouse reports for this
          run, and only if the AWS account of ClickPipes owns it: every customer&apos;s endpoint belongs to that account, so
          the owner alone proves little. ClickHouse deletes an endpoint that is not accepted within a day.
        </p>
        <h3>Endpoint service: private DNS name</h3>
        <p>
          A name of your own that resolves to the endpoint. You prove its domain by a TXT record in public DNS; the run
          shows the record and waits for it.
        </p>
      </>
    ),
  },
  checks: {
    title: "Checks",
    body: (
      <>
        <p>
          AWS and ClickHouse are read afresh, and everything is looked at that would make the endpoint fail later. Nothing
          is written.
        </p>
        <dl>
          <dt>Failure</dt>
          <dd>The endpoint would fail. Put it right, then check again.</dd>
          <dt>Warning</dt>
          <dd>It works, or may work, and there is something to know. Going on takes a tick.</dd>
          <dt>Not known</dt>
          <dd>
            The check could not be answered, for instance for want of a right. It is never taken for passed, and going on
            takes a tick.
          </dd>
          <dt>Passed</dt>
          <dd>Looked at, and good. What was looked at is in the folded list.</dd>
        </dl>
        <p>The ticks are kept with the run. Every check is repeated once more before the run begins.</p>
      </>
    ),
  },
  review: {
    title: "Review",
    body: (
      <>
        <p>All that will be created, call by call. Nothing is created before you press the button that names the account.</p>
        <dl>
          <dt>Steps</dt>
          <dd>What will exist afterwards, the call, the right it needs, how it is undone, and what is billed.</dd>
          <dt>AWS CLI</dt>
          <dd>The same calls for a terminal, and for ClickHouse with curl.</dd>
          <dt>IAM policy</dt>
          <dd>The least rights for exactly this set-up, in parts: to look, to create, to undo.</dd>
        </dl>
        <h3>Prices</h3>
        <p>
          What AWS bills is marked, with its measure. That of a resource gateway comes from the AWS Price List at this moment,
          in AWS&apos;s own words; where it cannot be read it is not known, and you can go on all the same. The prices of load
          balancers and of MSK are not looked up: see AWS&apos;s own pages.
        </p>
        <h3>After that</h3>
        <p>
          The run goes on by itself for as long as the window is open. Close it, and the run stops and waits: it can be
          continued, undone or left as it is at any later time. Undoing removes only what the run made.
        </p>
      </>
    ),
  },
};
