using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Modular.Host.Approvals;
using Modular.Sdk;

namespace Modular.Host.ApprovalLimits;

/// <summary>One limit; a new one when the address has no id.</summary>
[Needs("core.settings.manage")]
public sealed class EditApprovalLimit(ApprovalsDb db, ApprovalDesk desk) : Slice
{
    public sealed class Form : IEditForm<ApprovalLimit>
    {
        public int Version { get; set; }
        public string? Kind { get; set; }
        public string? Role { get; set; }

        /// <summary>Empty for any amount.</summary>
        public decimal? UpTo { get; set; }

        [BindNever, ValidateNever]
        public IReadOnlyDictionary<string, string> Kinds { get; set; } = new Dictionary<string, string>();

        public void Show(ApprovalLimit limit) => (Kind, Role, UpTo) = (limit.Kind, limit.Role, limit.UpTo);

        public void Write(ApprovalLimit limit, Reading read)
        {
            limit.Kind = read.OneOf(nameof(Kind), "Request", Kind, Kinds) ?? "";
            limit.Role = read.OneOf(nameof(Role), "Role", Role, RoleTitles) ?? "";
            limit.UpTo = UpTo;
            if (UpTo is <= 0 or > 999_999_999)
            {
                read.Refuse(nameof(UpTo), "Give an amount above $0, or leave it empty for any amount.");
            }
        }
    }

    public static IReadOnlyDictionary<string, string> RoleTitles { get; } = Roles.All.ToDictionary(r => r, Roles.Title);

    [HttpGet("/admin/approval-limits/edit/{id:guid?}")]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/admin/approval-limits/edit/{id:guid?}")]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct)
    {
        form.Kinds = KindTitles;
        return Row.SaveAsync(id, form, ct);
    }

    private Dictionary<string, string> KindTitles => desk.Kinds.ToDictionary(k => k.Key, k => k.Value.Title);

    private Edit<ApprovalLimit, Form> Row => new(this, db)
    {
        What = "limit",
        New = () => new(),
        Model = (_, form, _) =>
        {
            form.Kinds = KindTitles;
            return Task.FromResult<object>(form);
        },
        Saved = _ => Done("/admin/approval-limits", "Limit saved."),
    };
}
