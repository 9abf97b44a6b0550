namespace Modular.Sdk;

/// <summary>The person has to confirm who they are (within the last 10 minutes) before this endpoint runs: export, merge, roles.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StepUpAttribute : Attribute;
