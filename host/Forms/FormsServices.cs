using Modular.Sdk;

namespace Modular.Host.Forms;

public static class FormsServices
{
    public static IServiceCollection AddForms(this IServiceCollection services) => services
        .AddScoped<FormKinds>().AddScoped<FormDesk>().AddScoped<IForms, FormBook>();
}
