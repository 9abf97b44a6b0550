namespace Modular.Sdk;

/// <summary>Something that a module lets a second person decide.</summary>
/// <param name="Id"><c>module.noun</c>; never renamed.</param>
/// <param name="Title">What people call it: <c>Merge of two patients</c>.</param>
/// <param name="Permission">Who decides, as far as the practice set no limits by role and amount.</param>
/// <example><code>module.Approval(new("patients.merge", "Merge of two patients", PatientsPermissions.Merge))</code></example>
public sealed record ApprovalKind(string Id, string Title, string Permission);

/// <summary>What a person asks another one to decide.</summary>
/// <param name="Key">What it is about, in the module's own terms; given back with the decision. Only one request of a kind and key waits.</param>
/// <param name="Subject">What is to happen, at most 200 letters, without a patient's name: <c>Merge N-1002 into N-1001</c>.</param>
/// <param name="Reason">Why, as the person said it; at most 500 letters.</param>
/// <param name="Link">The page that shows what it is about.</param>
/// <param name="Amount">In the practice's currency, for limits by amount; null where money is not the matter.</param>
public sealed record ApprovalRequest(string Key, string Subject, string Reason, string Link, decimal? Amount = null, Guid? PatientId = null);
