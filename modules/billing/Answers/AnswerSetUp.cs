using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Claims;
using Modular.Sdk;

namespace Modular.Billing.Answers;

/// <summary>What answers to claims add to the module.</summary>
internal static class AnswerSetUp
{
    public static ModuleBuilder Answers(this ModuleBuilder module)
    {
        module.Navigation("Answers", "/billing/answers", "inbox", BillingPermissions.Claims, 72);
        module.Services.AddScoped<AnswerIntake>();
        module.Services.AddScoped<AnswerDesk>();
        return module;
    }

    public static void Map(ModelBuilder model)
    {
        model.Entity<AnswerFile>().ToTable("answer_files");
        var answer = model.Entity<ClaimAnswer>().ToTable("claim_answers");
        answer.Property(a => a.Id).ValueGeneratedNever();
        answer.HasOne<AnswerFile>().WithMany().HasForeignKey(a => a.FileId);
        answer.HasOne<Claim>().WithMany().HasForeignKey(a => a.ClaimId);
    }
}
