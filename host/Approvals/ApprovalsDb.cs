using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Approvals;

public sealed class ApprovalsDb(ModuleDbContext<ApprovalsDb> context) : ModuleDb(context)
{
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<ApprovalLimit> Limits => Set<ApprovalLimit>();
    public DbSet<ApprovalStandIn> StandIns => Set<ApprovalStandIn>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences { get; } = new Dictionary<string, FieldError>
    {
        ["approval_limits_kind_role_key"] = new("Role", "This role has a limit for this kind already. Change that one."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<ApprovalLimit>().ToTable("approval_limits");
        model.Entity<ApprovalStandIn>().ToTable("approval_stand_ins");
    }
}
