using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Billing.Enrollments;

/// <summary>Says how far an enrollment is.</summary>
public sealed class EditEnrollment(BillingDb db) : Slice
{
    [HttpGet("/billing/enrollments/edit/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Get(Guid id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/billing/enrollments/edit/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public Task<IActionResult> Post(Guid id, EnrollmentFields form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<Enrollment, EnrollmentFields> Row => new(this, db)
    {
        What = "enrollment",
        Saved = e => Done("/billing/enrollments", $"{Enrollment.Transactions[e.Transaction]}: {Enrollment.States[e.State].ToLowerInvariant()}."),
    };
}
