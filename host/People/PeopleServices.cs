using Modular.Host.Rights;

namespace Modular.Host.People;

public static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddScoped<Authority>()
        .AddScoped<Owners>()
        .AddScoped<SecondFactorRemovals>()
        .AddScoped<PeopleAdmin>()
        .AddScoped<CustomRoles>();
}
