using Modular.Sdk;

namespace Modular.Host.MailMerge;

public static class MailMergeServices
{
    public static IServiceCollection AddMailMerge(this IServiceCollection services) => services
        .AddScoped<IMailMerge, MailMerges>()
        .AddScoped<MailMergePdf>();
}
