using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>An occurrence of a job has come. There is one such message per occurrence, whatever the number of hosts.</summary>
[Message("core.job-due.v1", OneHandler = true)]
public sealed record JobDue(string Job, DateTimeOffset Occurrence);
